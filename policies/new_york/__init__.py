"""New York: Commissioner's Regulations, 8 NYCRR 100.5, on the Regents exams a diploma needs."""
