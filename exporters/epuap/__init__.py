"""Cards, catalogues and life events as XML in the document frame of CRWDE, valid against an own published schema.

"ePUAP-compatible" means exactly that: the frame, the base namespaces of CRD and the published schema. No public import format
of the ePUAP service catalogue is known, and nothing here claims acceptance by ePUAP or registration of the schema.
"""
