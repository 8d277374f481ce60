"""What is wrong in the register."""
