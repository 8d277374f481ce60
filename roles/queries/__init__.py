"""What pages read across relations. Each takes the user and gives back only what they may see."""
