"""Who acts for an office and who must be told: coordinators, deputies, absences, tasks in time, notifications, logging in."""
