// What a script adds to these pages. Every form and every link works without it; nothing here decides anything.
"use strict";

const UNREACHABLE = "The server cannot be reached just now. What you typed is still here; try again in a moment.";
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

// Words for those who do not see a part of the page change.
function say(words) {
  let region = document.getElementById("said");
  if (!region) {
    region = document.createElement("p");
    region.id = "said";
    region.className = "visually-hidden";
    region.setAttribute("aria-live", "polite");
    document.querySelector("main").append(region);
  }
  region.textContent = words;
}

function trouble(words) {
  let bar = document.getElementById("trouble");
  if (!words) return bar?.remove();
  if (!bar) {
    bar = document.createElement("p");
    bar.id = "trouble";
    bar.className = "banner trouble";
    bar.setAttribute("role", "alert");
    document.querySelector("main").prepend(bar);
  }
  if (bar.textContent !== words) bar.textContent = words;
}

// Asks for a page or a part of one; one that lives elsewhere by now is gone to.
async function fetched(address, options = {}) {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  if (answer.redirected) {
    location.assign(answer.url);
    return null;
  }
  if (answer.status >= 500) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

const partOf = (page, id) => id && page.getElementById(id);

// Changes a part of the page; whatever had the focus has it afterwards, or what stands in its place by its id.
function change(part, swap) {
  const held = part.contains(document.activeElement) ? document.activeElement : null;
  const into = swap();
  if (!held || held.isConnected) return;
  const again = held.id && document.getElementById(held.id);
  if (!again && !into.hasAttribute("tabindex")) into.tabIndex = -1;
  (again || into).focus({ preventScroll: true });
}

// data-live: while a form is filled in, says what would come of it.
function live(form) {
  const into = document.querySelector(form.dataset.liveInto);
  if (!into) return;
  let timer = 0, latest = 0;
  if (!into.closest("[aria-live], [role=status]")) into.setAttribute("aria-live", "polite");
  const ask = async () => {
    const mine = ++latest;
    into.setAttribute("aria-busy", "true");
    try {
      const page = await fetched(form.dataset.live, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!page || mine !== latest) return;
      const found = partOf(page, into.id) || page.body;
      if (found === page.body && page.querySelector("main")) throw new Error("a whole page came");
      change(into, () => { into.replaceChildren(...found.childNodes); return into; });
      into.hidden = false;
      trouble("");
    } catch {
      if (mine === latest) trouble(UNREACHABLE);
    } finally {
      if (mine === latest) into.removeAttribute("aria-busy");
    }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 400); });
  form.addEventListener("submit", () => { clearTimeout(timer); latest++; });
}

// data-poll: asks for a part of the page again until what comes no longer wants to be asked for.
function poll(part, failed = 0) {
  const wait = Math.max(250, Number(part.dataset.every) || 1000) * Math.min(2 ** failed, 16);
  setTimeout(async () => {
    if (!part.isConnected) return;
    try {
      const page = await fetched(part.dataset.poll);
      if (!page) return;
      const next = partOf(page, part.id) || page.body.firstElementChild;
      if (!next || next.matches(".skip")) return location.reload(); // the whole of another page: let it be seen
      trouble("");
      change(part, () => { part.replaceWith(next); return next; });
      start(next);
      if (!next.dataset.poll) say(next.querySelector("h1, h2, h3, p")?.textContent.trim() ?? "");
    } catch {
      trouble(UNREACHABLE);
      poll(part, failed + 1);
    }
  }, wait);
}

// data-grid: arrows, Home and End move between the first controls of the cells; Enter opens what has the focus anyway.
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const control = (cell) => cell?.querySelector("a[href], button, input:not([type=hidden]), select, textarea");

function reach(cell) {
  const found = control(cell);
  found?.focus({ preventScroll: true });
  found?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: CALM.matches ? "instant" : "smooth" });
  return Boolean(found);
}

function keptByControl(event) {
  if (event.target.matches("select, textarea")) return true;
  if (!event.target.matches("input:not([type=checkbox], [type=radio])")) return event.target.matches("[type=radio]");
  return !["ArrowUp", "ArrowDown"].includes(event.key) || event.target.type === "number";
}

function grid(table) {
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td, th");
    if (!cell || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || keptByControl(event)) return;
    const rows = [...table.rows], cells = [...cell.parentElement.cells];
    let moved = false;
    if (event.key in STEPS) {
      const [down, right] = STEPS[event.key];
      let row = rows.indexOf(cell.parentElement) + down, column = cells.indexOf(cell) + right;
      for (; !moved && rows[row]?.cells[column]; row += down, column += right) moved = reach(rows[row].cells[column]);
      moved = true; // at the edge the page does not jump away
    } else if (event.key === "Home" || event.key === "End") {
      moved = (event.key === "Home" ? cells : cells.reverse()).some(reach);
    }
    if (moved) event.preventDefault();
  });
}

// data-copy: copies a text; where the browser does not let it, marks it.
async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  const text = (source.value ?? source.href ?? source.textContent).trim();
  try {
    await navigator.clipboard.writeText(text);
    say("Copied.");
  } catch {
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    say("Marked: copy it with the keyboard.");
  }
}

// A form that changes something is sent once, however often its button is pressed.
function sentOnce(event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(fresh, 5000); // what came was a file to keep, and the page is still here
}

function fresh() {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
}

// A menu of the bar closes when one goes elsewhere, and by Escape.
function closeMenus(but) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(but)) menu.open = false;
}

function start(part) {
  const all = (wanted) => [...(part.matches?.(wanted) ? [part] : []), ...part.querySelectorAll(wanted)];
  all("form[data-live]").forEach(live);
  all("[data-poll]").forEach((one) => poll(one));
  all("table[data-grid]").forEach(grid);
  all("[data-copy], [data-print]").forEach((button) => { button.hidden = false; });
}

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const button = event.target.closest("[data-copy], [data-print]");
  if (button?.dataset.copy) copy(button);
  else if (button) print();
});
document.addEventListener("focusin", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("submit", sentOnce);
addEventListener("pageshow", fresh);
start(document);
