// Of the session: runs before the window's own.
window.order = ['session-1']
