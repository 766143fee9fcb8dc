"""Offices as rows of the ePUAP address book ("Książka adresowa ESP"): RESP.xml and the same as CSV."""
