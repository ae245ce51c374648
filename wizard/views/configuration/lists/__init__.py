"""The page List mapping: which item of SuperOffice each item of the ERP's lists is."""
