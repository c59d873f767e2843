"""What is read anew from Meta: hourly, after news, and when somebody asks."""
