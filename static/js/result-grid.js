// The grid in which a classification is typed. Without it the same page takes one line of text for each car.
