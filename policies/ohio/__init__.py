"""Ohio: Revised Code 3313.618 and 3313.6114, competency and diploma seals, and credit flexibility."""
