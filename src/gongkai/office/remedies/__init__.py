"""Reconsiderations and lawsuits (行政复议、行政诉讼) that cases lead to."""
