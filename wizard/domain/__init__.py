"""Plain frozen values and rules of ERP Sync. No I/O, nothing imported from the rest of the package."""
