"""What a node is: its fields, its outputs, and what it may do through its step. A plugin's node has the powers of ours."""
