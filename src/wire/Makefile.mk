# HTTP, SOAP, WS-Addressing, MTOM, VIHF.
