"""Webhooks: receivers are told of published, suspended and withdrawn cards and of a rebuilt catalogue, signed, at least once."""
