"""From the log of events to read models, by page; each can be made anew from nothing."""
