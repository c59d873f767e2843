"""The box as a process of its own: started, stopped, killed, watched from outside."""
