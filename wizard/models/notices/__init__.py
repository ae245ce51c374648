"""Who is told when something breaks, what there is to tell, and whether it has arrived."""
