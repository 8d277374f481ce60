"""Whose start page is where (design §8). Upper apps add theirs: documents that wait for a signature, the audit."""

from ismsroles.core import homes
from roles import policy

homes.register(20, lambda user: policy.standing(user).is_top_management, "approvals")
homes.register(40, lambda user: user.is_administrator or policy.keeps_register(user), "overview")
homes.register(90, lambda user: True, "mine")
