"""The parts of `troupe.sql.types`: scalar types, nested types, rows, parsing, inference and verification."""
