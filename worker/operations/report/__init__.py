"""The proof of a month: what the practice completed, what went over, and what lies in Lexware now (design section 11).

`document` is one document with all that is known of it; `amounts` its sums per group. A `month` takes the documents one by
one, in the parts `totals`, `funnel`, `numbers`, `pairs` and `deviations`, and gives the `body`, which is the same for the same
documents. `ask` asks Lexware, `gather` reads what is stored, `chain` keeps, signs and verifies the reports, `make` does all
of it; `formats/` shows a stored report.
"""
