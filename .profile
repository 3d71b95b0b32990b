# A dyno reads this before every command, and so does a login shell of whoever calls this folder home:
# afterwards tgsession is found by its name. Last, so that no script here stands in for a program of the system's.
PATH="$PATH:$HOME/scripts"
export PATH
