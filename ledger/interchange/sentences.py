"""Every sentence a file can be answered with; docs/import.md explains each (a test compares them).

Words in braces are filled with what the file holds. Sentences about single values that
`ledger.values` refuses come from there.
"""

# Any file
NO_FILE = "the file cannot be read: {reason}"
NOT_UTF_8 = "byte {byte} of this line (0x{value:02x}) is not UTF-8; save the file as UTF-8"
UTF_16 = "the file is UTF-16; save it as UTF-8"
NOT_UTF_8_AT = "byte {byte} (0x{value:02x}) is not UTF-8; save the file as UTF-8"
NOT_JSON = "this is not JSON: {reason}"
NOT_TOML = "this is not TOML: {reason}"
FLOAT = '{text} is a floating-point number, which is not exact; put it in quotation marks: "{text}"'
NOT_TEXT = "text is needed here, not {found}"
NOT_A_LIST = "a list is needed here, not {found}"
NOT_AN_OBJECT = "an object is needed here, not {found}"
SURROGATE = "the text holds half of a surrogate pair, which is no character"
TOO_DEEP = "nested deeper than {deepest} levels"
NOT_A_TABLE = "a table is needed here"
NOT_TABLES = "tables are needed here, each begun with [[{name}]]"
UNKNOWN_KEY = "{name!r} means nothing here; allowed are: {allowed}"
MISSING_KEY = "{name} is missing"

# Frameworks
LIST_OF_DOCUMENTS = (
    "this is a list of {count} CASE documents, not a framework; "
    "fetch one of them as a package (CFPackages/<identifier>) and import that file"
)
NO_DOCUMENT = "there is no CFDocument, so this is not a CASE package; the file has: {members}"
NO_IDENTIFIER = "the identifier is missing; a UUID is needed"
NOT_A_UUID = "{text!r} is not a UUID such as 1796d9a2-d5ee-11e7-b39f-71a145b86a18"
SAME_AS_DOCUMENT = "the item has the identifier of the document; each needs its own"
TWO_CONTENTS = (
    "the item {identity} stands here again with other content (in {members}; first at {first}); "
    "an identifier names one item"
)
NO_STATEMENT = "the item has no fullStatement"
NO_TITLE = "the document has no title"
PARENT_CYCLE = "the parents go in a circle: {cycle}"
PREREQUISITE_CYCLE = "the prerequisites go in a circle: {cycle}"
NO_ORIGIN = "the link does not say where it begins: originNodeURI needs an identifier or a uri"
NO_DESTINATION = "the link does not say where it ends: destinationNodeURI needs an identifier or a uri"
NO_KIND = "the link has no associationType"
UNKNOWN_CHILD = "the link makes {origin} a child of {destination}, and no item of this file has the first identifier"
NOT_A_DAY = "{text!r} is not a day such as 2026-05-30"

# Frameworks, only worth a word
CASE_1_0 = "parts with CFPackageURI or CFDocumentURI, members of CASE 1.0: {count}; kept, not needed"
ITEM_TYPE_WITHOUT_DESCRIPTION = "CFItemTypes without a description: {count}"
SAME_ITEM_TWICE = "items that stand twice with the same content: {count}, the first {identity}; each is taken once"
SAME_LINK_ID = "links with the identifier of an earlier one: {count}, the first {identity}; all are kept"
SAME_EDGE = (
    "links that say the same as an earlier one: {count}, the first {kind} {origin} {destination}; they count once"
)
LINK_WITHOUT_ID = "links without an identifier: {count}; kept"
OUTSIDE = "links to items outside this file: {count}, the first {kind} {destination}; kept, they move nothing here"
UNKNOWN_PREREQUISITE = (
    "prerequisites that are not in this file: {count}, the first {origin}; kept, no rule waits for them"
)
UNKNOWN_BEGINNING = (
    "links that begin outside this file: {count}, the first {kind} {origin}; kept, they move nothing here"
)
UNKNOWN_PARENT_LINK = (
    "items with a parent outside this file: {count}, the first parent {destination}; "
    "kept, an item without another parent stands at the top"
)
SEVERAL_PARENTS = "items with several parents: {count}, the first {name}; all are kept"
UPPER_CASE = "identifiers in capitals: {count}, the first {text}; kept in lower case"
SAME_CODE = "codes carried by several items: {count}, the first {code}; name these items by identifier"
NO_SEQUENCE = "sequenceNumbers that are not whole: {count}, the first {text}; kept, not used for order"
ODD_END_DATE = "statusEndDates that are not dates: {count}, the first {text}; kept, the items count as current"
ODD_POINTS = "rubric scores that are not plain numbers: {count}, the first {text}; kept, not used"

# Frameworks as plain CSV
TWICE_IN_FILE = "the id {text!r} stands here again (first in line {first})"
UNKNOWN_PARENT = "the parent {text!r} is not an id of this file{nearest}"
UNKNOWN_PREREQUISITE_ID = "the prerequisite {text!r} is not an id of this file{nearest}"

# Alignments
SAME_FRAMEWORK = "{local!r} and {state!r} stand in one framework; an alignment joins two"
ENDS_BEFORE = "the last day {last_day} is before the first day {first_day}"
ALIGNED_TWICE = "line {first} aligns the same two competencies on some of the same days"
ALIGNED_ALREADY = "the two are aligned already, {alignment}; end that first with `mastery frameworks end`"

# Rosters
ROSTER_SAYS_NOTHING = "a row names an organisation, a course, or both"
ROSTER_GRADE = "a grade belongs to an enrolment in an organisation, in a row without a course"
ROSTER_NO_COURSE = "this belongs to a course, and the row has none"
NEGATIVE_CREDIT = "a credit of {text} is less than nothing"

# Scales
TOO_FEW_LEVELS = "a scale needs at least two levels, lowest first"
SAME_LABEL = "the label {label!r} stands twice"
NOT_RISING = "the value {value} is not above {before}, the value of the level before; give levels lowest first"
UNKNOWN_LEVEL_OF_BAND = "{level!r} is no level of this scale; its levels are: {levels}"
NOT_A_PERCENT = "{text} is not between 0 and 100 percent"
BAND_ENDS_FIRST = "the band ends on {last_day}, before its first day {first_day}"
BANDS_OVERLAP = "two bands of the level {level!r} hold on {day}; one must end before the other begins"
BANDS_CROSS = "on {day} the level {higher!r} begins at {high} percent, not above {lower!r} at {low} percent"

# CSV files as such
EMPTY_FILE = "the file is empty; its first line must name the columns"
SEPARATED_BY = "the columns seem to be separated by {mark}; save the file with commas"
COLUMN_TWICE = "the column {name!r} stands twice in the first line"
COLUMN_WITHOUT_NAME = "column {number} has no name in the first line"
MISSING_COLUMNS = "one of the columns {names} is needed; the file has: {columns}"
MISSING_COLUMN = "the column {name!r} is missing; the file has: {columns}"
UNKNOWN_COLUMN = "{name!r} is not a field{nearest}; write a map (--map) to leave columns out or to rename them"
NOT_A_COLUMN = "{name!r} is no column of such a file{nearest}"
NOT_A_FIELD = "{name!r} is not a field{nearest}"
WRONG_WIDTH = "columns in the first line: {wanted}, cells in this row: {found}; they must be equal"
NOT_CSV = "the row is not proper CSV: {reason}"
OPEN_QUOTE = "a quotation mark is opened here and never closed"
ROW_TOO_LONG = "the row is longer than {limit} characters; is a quotation mark never closed?"
NUL = "the line holds a NUL byte; the file is damaged or not a text file"

# Values of a row
CONTROL = "the text holds a control character (code {code})"
TEXT_TOO_LONG = "the text is longer than {limit} characters"
NOT_A_CHOICE = "{text!r} is not one of: {choices}"
NOT_BOOLEAN = "{text!r} is neither true nor false (also allowed: 1, 0, yes, no)"
NOT_AN_ATTEMPT = "{text!r} is not a count of tries such as 1 or 2"
MISSING_VALUE = "{field} is empty; every row needs one"
NO_SUBJECT = "the row names no competency, course or requirement"
NO_RESULT = (
    "the row has no level, score or passed, and no absent_reason; missing is never zero: "
    "give absent_reason, or absent_when_empty in the map"
)
SEVERAL_RESULTS = "the row gives {given}; only one of level, score, passed and absent_reason may be given"
SCORE_TOO_HIGH = "the score {score} is above its maximum {maximum}"
SCORE_TOO_LOW = "the score {score} is below its minimum {minimum}"
MINIMUM_ABOVE_MAXIMUM = "the minimum {minimum} is not below the maximum {maximum}"

# Names the ledger holds
UNKNOWN_COMPETENCY = "no competency has the id or code {text!r}{nearest}"
NO_FRAMEWORK = (
    "no competency has the id or code {text!r}: no framework is in this ledger yet (mastery import framework FILE)"
)
AMBIGUOUS = "{text!r} stands for {count} competencies: {meanings}; name one by its id"
SAME_COMPETENCY_TWICE = "the row names the competency {text!r} twice"
FUTURE = "{text} is in the future (today is {today}); evidence is of something that happened"
UNKNOWN_SCALE = "{text!r} is no scale of this ledger; there are: {scales}"
NO_SCALE = "a level is given and no scale; name one of them in the field scale: {scales}"
NO_SCALE_YET = "a level is given, and no scale is in this ledger yet"
OUTSIDE_SCALE = "{text!r} is no level of the scale {scale}; its levels are: {levels}"
OTHER_CONTENT = (
    "this row is in the ledger already with other content (in {fields}); "
    "import again with --corrections REASON where the file is right"
)

# Maps
NO_SUCH_JOIN = "there is no [join.{join}] in the map; it has: {joins}"
FIELD_TWICE = "{field} is given more than once: as {first} and as {second}"
MAP_LACKS = "the map gives no {field}; every row needs one"
MAP_LACKS_SUBJECT = "the map gives no competency, course or requirement"
MAP_LACKS_RESULT = "the map gives no level, score, passed or absent_reason"
NOT_ONLY_A_NAME = "{text!r} must be the name of a file beside the map, without folders"
NO_COLUMNS_MARKED = "competencies.columns names no column"
KEY_TWICE = "{key!r} stands here again in the column {column!r} (first in line {first}); a row is found by it"
JOIN_TOO_LONG = "the joined file has more than {limit} rows; joined files are held in memory"
NO_JOINED_ROW = "no row of {file} has {column} {key!r}"
NO_START = "{text!r} has no start in the map; it has: {starts}"
NOT_DAYS = "{text!r} is not a whole number of days"
OUT_OF_CALENDAR = "{days} days after {start} is beyond the calendar"
NOT_A_MARK = "{text!r} in the column {column!r} of {file} for {key!r} is neither 0 nor 1"
NO_MARK = "no column of {file} marks a competency for {key!r}"
