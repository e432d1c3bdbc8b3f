"""Who gets which coach: what a client weighs, the optimisation, the reasons."""
