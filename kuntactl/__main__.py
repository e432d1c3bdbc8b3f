"""``python -m kuntactl`` is the command kuntactl."""

from kuntactl.cli.main import main

if __name__ == "__main__":
    main()
