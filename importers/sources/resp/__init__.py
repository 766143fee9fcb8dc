"""The ePUAP address book (RESP.xml or CSV) as a source: its rows, and what they would change."""
