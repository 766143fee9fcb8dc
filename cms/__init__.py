"""What every editor works with: home page, groups and rights as data, the editor's screen.

What belongs here: editing that does not depend on cards. Imports nothing of this project.
"""
