"""The disclosure office (政府信息公开办公系统): a Django site that keeps the records and shows the screens.

Whatever it computes it asks the core. Staff work in Wagtail's back office, the public in plain pages.
"""
