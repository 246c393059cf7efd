"""What every part of the domain speaks: days, deadlines, names, texts, refusals."""
