"""Teams: made, renamed, filled with people, and told how their conversations find somebody."""
