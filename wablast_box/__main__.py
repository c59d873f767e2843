"""`python -m wablast_box` is the same as the `wablast-box` command."""

from wablast_box.cli import main

if __name__ == "__main__":
    main()
