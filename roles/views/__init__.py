"""Pages of the register: fetch through `visible_to`, shape with a form, call one action, render."""
