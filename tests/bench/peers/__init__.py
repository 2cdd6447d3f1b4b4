"""What people would write instead, as the documentation of each tool has it. None of them keeps a guarantee."""
