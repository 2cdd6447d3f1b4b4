"""Every question of an operator, answered as data, with a `to_json` beside each; rendering is for `cli`.

A module is named after its question. None knows who asks, or in which form people will read the answer.
"""
