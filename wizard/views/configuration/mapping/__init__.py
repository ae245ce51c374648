"""The page Mappings: which ERP field belongs to which SuperOffice field, and in which direction."""
