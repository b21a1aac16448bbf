"""Organs, divisions and people (机关、科室、人员): who exists when, and who holds which role."""
