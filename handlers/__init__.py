"""What Msiri decides: a pure function from state, event and facts to a new state and effects."""
