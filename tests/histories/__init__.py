"""Random histories: what people do in any order, and what must hold after each step (design §4, rules 1 to 8).

`world.py` stands, acts and rolls back; `picture.py` reads the register once after each step and judges it by itself, never by the
product's own queries; each subject has its steps in a module of its own, a mixin of the machine in tests/roles/test_histories.py."""
