"""What-if over populations."""
