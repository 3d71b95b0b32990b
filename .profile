# A dyno reads this before every command, and so does a login shell of whoever calls this folder home:
# afterwards tgsession is found by its name.
PATH="$HOME/scripts:$PATH"
export PATH
