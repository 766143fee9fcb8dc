"""The one door for writing handbooks, their editions and good practices."""
