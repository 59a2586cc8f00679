"""The race desk: from a timing file to published results, one screen per session. One file per task."""
