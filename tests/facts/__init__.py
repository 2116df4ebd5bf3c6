"""Facts: items, order, methods, filters, the record and its snapshots, the sheet."""
