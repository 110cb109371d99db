"""What is kept between runs, in a database. Importing a module of this room loads SQLAlchemy; ``place`` does not."""
