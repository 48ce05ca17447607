/** A thread of another program, that takes all it can get. */
for (;;);
