"""CPSV-AP 3.2.0, the European vocabulary of public services: JSON-LD and Turtle of cards, and DCAT-AP of the whole catalogue."""
