"""The page Import from ERP: what SuperOffice would make of the ERP's records, and what to press there."""
