"""Files coming in and going out. Law: services and domain only; rows are refused in words a person understands."""
