"""The pages under docs/ that are made from files of the project, so that they cannot say anything else."""
