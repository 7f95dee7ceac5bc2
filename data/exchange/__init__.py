"""Files in and out: plan workbooks, rosters, marks, notices. Plain values on this side, formats on the other."""
