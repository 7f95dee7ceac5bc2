"""The rules of the contest: plain functions of plain values, no database, no clock, no chance of their own."""
