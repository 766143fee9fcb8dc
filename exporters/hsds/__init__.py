"""HSDS 3.0 (Open Referral): services and organisations with locations, schedules, phones and accessibility."""
