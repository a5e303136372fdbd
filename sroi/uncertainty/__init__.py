"""How sure an answer is: ranges, what drives them, what would change the verdict, what a claim needs."""
